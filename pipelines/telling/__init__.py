"""What is told to whom and when: notices into messages, messages out of the outbox, links back in."""
