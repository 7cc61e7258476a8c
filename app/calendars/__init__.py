"""What other programs take: calendars, feeds of what comes near, and timelines for pictures and spreadsheets."""
