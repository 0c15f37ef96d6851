"""What search engines are told of the portal: addresses, and what is none of theirs."""
