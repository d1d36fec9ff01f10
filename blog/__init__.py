"""The blog: pieces, their writers, series and topics, from the first idea to the reader's page."""
