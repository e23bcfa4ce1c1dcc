/** What a wall does besides its picture: a soft sound when time is up, and keeping the screen awake. */

/** Two soft tones, 660 then 523 Hz, at −18 dB. Browsers may block sound without user interaction: then it is silent. */
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

/** Whether this browser can keep the screen on; on plain http it cannot (G43). */
export const keepsAwake = (): boolean => "wakeLock" in navigator;

/**
 * The screen stays on as long as the wall is there. Asked again whenever the page is visible again. `sleepy` is called
 * where the system refuses, e.g. to save its battery; then there is only the workaround.
 */
export function stayAwake(sleepy: () => void): () => void {
  let film = keepsAwake() ? undefined : playForEver();
  let left = false;
  const refused = () => {
    if (left || document.visibilityState !== "visible") return;
    film ??= playForEver();
    sleepy();
  };
  const ask = () => {
    if (film === undefined && document.visibilityState === "visible")
      void navigator.wakeLock.request("screen").catch(refused);
  };
  ask();
  document.addEventListener("visibilitychange", ask);
  return () => {
    left = true;
    document.removeEventListener("visibilitychange", ask);
    film?.();
  };
}

/**
 * G43: the workaround. Browsers keep the screen on while a video plays; a muted one only if it is as large as the page
 * and made from a stream. It is a canvas of two pixels that changes once a second, behind the picture.
 */
function playForEver(): () => void {
  const canvas = Object.assign(document.createElement("canvas"), { width: 2, height: 2 });
  const context = canvas.getContext("2d");
  if (!context || typeof canvas.captureStream !== "function") return () => undefined;
  const film = Object.assign(document.createElement("video"), {
    muted: true,
    playsInline: true,
    className: "awake",
  });
  film.ariaHidden = "true";
  let ticks = 0;
  const draw = () => context.fillRect((ticks += 1) % 2, 0, 1, 1);
  draw();
  film.srcObject = canvas.captureStream();
  document.body.append(film);
  // Paused when the page was hidden, or when a browser requires user interaction: try again.
  const again = () => void film.play().catch(() => undefined);
  const every = setInterval(() => {
    draw();
    if (film.paused) again();
  }, 1_000);
  again();
  return () => {
    clearInterval(every);
    film.remove();
  };
}
