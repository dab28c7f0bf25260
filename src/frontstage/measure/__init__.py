"""The science of service quality as a library: NumPy and SciPy alone, no Django, no input or output.

It owns every formula that a figure of the program rests on, each with its source; it knows no database and
no page.
"""
