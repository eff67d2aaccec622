/** Values that must not stand in a report: those whose key looks like that of a secret. */
const secretWord =
  /pass(?:word|wd|phrase)?|secret|token|credential|(?:api|access|account|private|encryption|auth)[._-]?key|\.key$|_key$/i;
/** Keys that name a secret and hold none. */
const naming =
  /^(?:secretName|secretKeyRef|secretRef|secretType|secrets|imagePullSecrets|envSecretKeyRefs|serviceAccountToken)$/;

export const masked = '***';

export const looksSecret = (key: string): boolean => secretWord.test(key) && !naming.test(key);
