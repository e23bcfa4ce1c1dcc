/** A length in wall units, as CSS. */
export const u = (n: number): string => `calc(${n.toFixed(2)} * var(--u))`;
