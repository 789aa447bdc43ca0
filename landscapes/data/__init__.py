"""Landscapes from data: a model of two parameters, and the rows that it is fitted to."""
