"""The barrier model of an organisation: processes in versions, drawn as a chain, a matrix and a poster."""
