import { createRemoteJWKSet, jwtVerify } from 'jose';

/** A request hook that lets only bearers of a valid token of the hosted identity provider through; 401 for others. */
export function bearerHook(auth) {
  const keys = createRemoteJWKSet(new URL(auth.jwksUrl));
  const expected = { issuer: auth.issuer || undefined, audience: auth.audience || undefined };
  return async (request, reply) => {
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    try {
      if (scheme.toLowerCase() !== 'bearer' || !token) {
        throw new Error('no bearer token');
      }
      await jwtVerify(token, keys, expected);
    } catch (error) {
      request.log.info({ reason: error.message }, 'refused a request without a valid token');
      return reply.code(401).header('www-authenticate', 'Bearer').send({ error: 'a valid bearer token is needed' });
    }
  };
}
