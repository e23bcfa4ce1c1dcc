/** Where the faces and the words of all activities are. */
export { activities } from "../activities/registry";
export { default as words } from "virtual:words/phone/later";
