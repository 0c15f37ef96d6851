"""A credit code whose check digit is wrong, admitted on paper proof."""
