/**
 * The server's time, from round trips: the sample with the lowest round-trip time is the best. Between samples it
 * follows a monotonic clock (G27).
 */

interface Sample {
  readonly trip: number;
  readonly offset: number;
}

const KEPT = 8;
/** By how many ms both clocks may drift apart before one of them counts as changed. */
const APART = 1_000;

export class ServerClock {
  #samples: readonly Sample[] = [];
  #best: Sample | undefined;
  #apart: number;

  constructor(
    /** Monotonic time in ms. */
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
   * Whether the device's clock was set since the last call, or ours stopped while the device slept. If so, the next
   * sample replaces the measurements, whatever its round trip.
   */
  jumped(): boolean {
    const apart = this.wall() - this.own();
    if (Math.abs(apart - this.#apart) < APART) return false;
    this.#apart = apart;
    this.restart();
    return true;
  }

  /** The time in the welcome, after a trip of unknown length: better than the previous line's measurement. */
  told(now: number): void {
    if (now && this.samples === 0) this.#best = { trip: Infinity, offset: now - this.own() };
  }

  /** Sent by the server, not measured: used only until there is something better. */
  assume(now: number): void {
    this.#best ??= { trip: 0, offset: now - this.own() };
  }

  measure(sent: number, now: number): void {
    this.jumped();
    const trip = this.own() - sent;
    this.#samples = [...this.#samples, { trip, offset: now - sent - trip / 2 }].slice(-KEPT);
    this.#best = this.#samples.reduce((best, sample) => (sample.trip < best.trip ? sample : best));
  }

  /** Measure a new connection again; until then keep the last known time. */
  restart(): void {
    this.#samples = [];
  }
}
