"""Where messages leave: mail over SMTP, and anything else that Apprise knows."""
