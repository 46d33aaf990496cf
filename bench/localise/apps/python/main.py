from nightly import analysis, catalogue, journal, letters, planning, settings

if __name__ == "__main__":
    journal.run(journal.Journal())
