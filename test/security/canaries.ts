/** What a secret looks like that a test has planted: in settings, in tokens, in what the pretend Entra gives. */
export const SECRETS = /CANARY-[a-z]+-[a-z]+|refresh-\d+-[0-9a-f]{8}|eyJ[A-Za-z0-9_-]{20,}|sandbox-app-(only|and-user)/;
