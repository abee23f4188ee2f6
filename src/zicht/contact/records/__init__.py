"""What a counsellor writes down after a contact: codes and no content, and no way back to a conversation."""
