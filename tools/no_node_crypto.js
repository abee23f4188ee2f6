// In place of node's own module, which a browser does not have: the packages look for it only where there is no crypto.subtle.
export const webcrypto = undefined;
