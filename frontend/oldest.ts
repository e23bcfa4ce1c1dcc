/**
 * The oldest browsers that every page works in whole (G23): phones that get no more updates, the long-lived Firefox, the
 * last Chrome of Windows 7. TypeScript's `lib`, the build's target and `tests/ground/test_G23_oldest.py` go by them.
 */
export const OLDEST = ["safari15.4", "chrome109", "firefox115"];
