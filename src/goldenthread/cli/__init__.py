"""The command `goldenthread`. Commands hold no rules: they call the same services and readers as the pages."""
