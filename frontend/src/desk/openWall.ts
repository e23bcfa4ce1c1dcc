/** Opens the wall in its own window: within the click handler, before the server has answered. */
import { api } from "./api";

export function wallWindow(): Window | null {
  return window.open("", "trivsel-wall", "popup,width=1280,height=720");
}

/** Send an opened window to the wall; false if it could not be opened or there is no token. */
export async function leadTo(wall: Window | null, workshop: string): Promise<boolean> {
  if (wall === null) return false;
  try {
    const { token } = await api.screen(workshop);
    if (!token) throw new Error("no token");
    wall.location.replace(`${import.meta.env.BASE_URL}wall#${token}`);
    return true;
  } catch {
    wall.close();
    return false;
  }
}
