interface Window {
  /** The first error that a face threw (G23). */
  thrown?: unknown;
}
