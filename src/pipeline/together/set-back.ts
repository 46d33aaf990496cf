/** So far behind is no late point, ms; and so many of them in a row are a clock that was set back. */
const FAR_MS = 3_600_000;
const CONFIRMED = 100;

/** Notices that a source's clock was set back: what was ahead of it was a mistake. */
export class SetBack {
  private behind = 0;

  /** A point at `time` came when another at `latest` had come, both epoch ms; true when time has to begin anew. */
  isConfirmed(time: number, latest: number): boolean {
    this.behind = latest - time > FAR_MS ? this.behind + 1 : 0;
    if (this.behind < CONFIRMED) return false;
    this.behind = 0;
    return true;
  }

  snapshot(): number {
    return this.behind;
  }

  restore(behind: number): void {
    this.behind = behind;
  }
}
