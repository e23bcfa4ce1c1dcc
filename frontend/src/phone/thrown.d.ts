interface Window {
  /** What a face threw first (G23). */
  thrown?: unknown;
}
