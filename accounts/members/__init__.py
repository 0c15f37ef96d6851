"""Units that belong to more than one person: members, requests, invitations, the switch."""
