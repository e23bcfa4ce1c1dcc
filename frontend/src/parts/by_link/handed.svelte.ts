/** U10: whether the link was shared from this desk, so that it is no longer the next step. */
export class Handed {
  on = $state(false);
}
