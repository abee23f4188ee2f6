"""What leaves: dossiers and exports, without anybody who is protected."""
