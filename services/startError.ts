/** Why the program cannot start, in one sentence for whoever starts it. */

// Azurite's published key

/** A reason not to start, in one sentence. */
export class StartError extends Error {}
