/** P4.2 on the desk: one of the two tools a theme is taken up with (P4.3). */
export { posterDesk as default } from "../../parts/posters/desk";
