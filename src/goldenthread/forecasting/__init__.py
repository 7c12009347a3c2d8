"""Histories of dates in; forecasts of completion out."""
