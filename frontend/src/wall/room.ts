/** What a wall does for the room beside its picture: a soft sound when time is up, and a screen that stays awake. */

/** Two soft tones, 660 then 523 Hz, at −18 dB. Browsers may forbid sound that no hand asked for: then it is silent. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    if (audio.state === "suspended") void audio.resume().catch(() => undefined);
    const loud = 10 ** (-18 / 20);
    [660, 523].forEach((pitch, nth) => {
      const start = audio.currentTime + 0.05 + nth * 0.35;
      const tone = audio.createOscillator();
      const gain = audio.createGain();
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, start);
      gain.gain.linearRampToValueAtTime(loud, start + 0.03);
      gain.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
      tone.connect(gain).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.4);
    });
    setTimeout(() => void audio.close().catch(() => undefined), 1_500);
  } catch {
    // No sound here.
  }
}

/** Asks again whenever the page is seen anew; on plain http browsers have no such thing. */
export function stayAwake(): () => void {
  const ask = () => {
    if (document.visibilityState === "visible")
      void navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => document.removeEventListener("visibilitychange", ask);
}
