/** Random examples that are the same in every run; `make soak` looks for new ones. */
import fc from "fast-check";

fc.configureGlobal(process.env["TRIVSEL_SOAK"] ? {} : { seed: 1 });

export default fc;
