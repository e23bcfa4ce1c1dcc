// `make types` writes this file from the server's code; a change here is lost.
/** The id of the answer to a question. */
export const answerId = (activity: string, question: number): string => `answer:${activity}:${question}`;
