"""The yearly tables of the own register: counted, protected, said in sentences, drawn and given away as files."""
