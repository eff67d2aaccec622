import type { IncomingHttpHeaders } from 'node:http';

/** Passwords by user. */
export type Credentials = ReadonlyMap<string, string>;

/**
 * Whom the headers name: basic authentication, or the header `User-Account` that a proxy in front of the gateway sets.
 * Null for nobody and for a wrong password.
 */
export function authenticate(headers: IncomingHttpHeaders, credentials: Credentials): string | null {
  const account = headers['user-account'];
  if (headers.authorization === undefined) return typeof account === 'string' && account !== '' ? account : null;
  const encoded = /^basic\s+(\S+)$/i.exec(headers.authorization)?.[1];
  if (encoded === undefined) return null;
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return credentials.get(user) === password.join(':') ? user : null;
}
