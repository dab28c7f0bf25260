"""What every page shares: the shell, navigation, components, refusals as pages, live updates.

It owns templates/web, template tags and the browser files in static/; it knows no business.
"""
