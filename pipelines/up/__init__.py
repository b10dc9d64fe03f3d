"""One command that keeps a home going: watches, assesses, reports, sends and serves, without cron."""
