/**
 * The server's time, from round trips: the sample with the lowest round-trip time is the best. Between them it goes on
 * by a clock that nobody can set (G27).
 */

interface Sample {
  readonly trip: number;
  readonly offset: number;
}

const KEPT = 8;
/** By how many ms both clocks may come apart before something has happened to one of them. */
const APART = 1_000;

export class ServerClock {
  #samples: readonly Sample[] = [];
  #best: Sample | undefined;
  #apart: number;

  constructor(
    /** Time in ms that only ever goes on. */
    readonly own: () => number,
    /** The device's clock in ms, which somebody may set. */
    readonly wall: () => number = own,
  ) {
    this.#apart = wall() - own();
  }

  now(): number {
    return this.#best ? this.own() + this.#best.offset : this.wall();
  }

  /** How many round trips were measured on this connection. */
  get samples(): number {
    return this.#samples.length;
  }

  /**
   * Whether the device's clock was set since the last time, or our own stood still while the device slept. Then what
   * was measured counts for no more than the next sample, whatever its round trip.
   */
  jumped(): boolean {
    const apart = this.wall() - this.own();
    if (Math.abs(apart - this.#apart) < APART) return false;
    this.#apart = apart;
    this.restart();
    return true;
  }

  /** Told with the welcome, at the end of a trip of unknown length: better than what a line before this one measured. */
  told(now: number): void {
    if (now && this.samples === 0) this.#best = { trip: Infinity, offset: now - this.own() };
  }

  /** Told, not measured: taken only as long as there is nothing better. */
  assume(now: number): void {
    this.#best ??= { trip: 0, offset: now - this.own() };
  }

  measure(sent: number, now: number): void {
    this.jumped();
    const trip = this.own() - sent;
    this.#samples = [...this.#samples, { trip, offset: now - sent - trip / 2 }].slice(-KEPT);
    this.#best = this.#samples.reduce((best, sample) => (sample.trip < best.trip ? sample : best));
  }

  /** A new connection is measured again; until then the time is the last known. */
  restart(): void {
    this.#samples = [];
  }
}
