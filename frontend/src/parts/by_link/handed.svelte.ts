/** U10: whether the link has been handed on from this desk: then it is not what comes next any more. */
export class Handed {
  on = $state(false);
}
