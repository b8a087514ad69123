// An identity provider that is not ours (npm oidc-provider, certified by the OpenID Foundation) with VNeID's claims.
// node provider.mjs PORT CLIENT SECRET BACK LEFT ALG: prints "ready" once it answers. A line of JSON on stdin bends the
// next tokens ({"aud": "another"}): they are signed again by the same key. New keys come with each start.
import { createInterface } from 'node:readline';
import * as jose from 'jose';
import { Provider } from 'oidc-provider';

const [port, client, secret, back, left, alg] = process.argv.slice(2);
const issuer = `http://localhost:${port}`;
const NAMES = ['TechID', 'LoaiTaiKhoan', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'SoDienThoai', 'ThuDienTu', 'DiaChi', 'IAL'];
const person = (TechID, SoDinhDanh, HoVaTen, NgayThangNamSinh, IAL) =>
  ({ TechID, LoaiTaiKhoan: '1', SoDinhDanh, HoVaTen, NgayThangNamSinh, IAL, DiaChi: 'Xã Mẫu, Tỉnh Mẫu' });
const PEOPLE = {
  tuyet: person('VN-0001', '001190000001', 'Nguyễn Thị Ánh Tuyết', '02/03/1990', '2'),
  hung: person('VN-0002', '001085000002', 'Trần Văn Hùng', '15/11/1985', '2'),
  thap: person('VN-0009', '001085000009', 'Lê Văn Thấp', '15/11/1985', '1'),
};

const keys = {};
for (const [name, curve] of [['RS256'], ['PS256'], ['ES256', 'P-256']]) {
  const { privateKey } = await jose.generateKeyPair(name, { crv: curve, modulusLength: 2048, extractable: true });
  keys[name] = privateKey;
}
// RSA keys stand in the JWKS without "alg": one and the same may sign RS256 and PS256.
const jwk = async (name) => ({ ...(await jose.exportJWK(keys[name])), use: 'sig', kid: `${name}-${process.pid}` });
const jwks = { keys: await Promise.all((alg === 'PS256' ? ['PS256', 'ES256'] : ['RS256', 'ES256']).map(jwk)) };
const signing = jwks.keys.find((key) => key.kid.startsWith(alg));

const provider = new Provider(issuer, {
  clients: [{
    client_id: client,
    client_secret: secret,
    redirect_uris: [back],
    post_logout_redirect_uris: [left],
    token_endpoint_auth_method: 'client_secret_post',
    id_token_signed_response_alg: alg,
  }],
  jwks,
  cookies: { keys: ['khoa-cua-ban-thu'] },
  claims: { openid: ['sub', ...NAMES] },
  pkce: { required: () => true },
  ttl: { IdToken: 60, AccessToken: 60, AuthorizationCode: 60, Interaction: 600, Session: 3600, Grant: 3600 },
  enabledJWA: { idTokenSigningAlgValues: ['RS256', 'PS256', 'ES256'] },
  features: { devInteractions: { enabled: true }, rpInitiatedLogout: { enabled: true } },
  findAccount: (_context, id) => PEOPLE[id] && { accountId: id, claims: (use) => ({ sub: id, ...(use === 'userinfo' && PEOPLE[id]) }) },
});

let bend = null;
createInterface({ input: process.stdin }).on('line', (line) => {
  bend = JSON.parse(line);
  console.log('bent');
});
provider.use(async (context, next) => {
  await next();
  if (context.path !== '/token' || !bend || !context.body?.id_token) return;
  const key = await jose.importJWK(signing, alg);
  const told = { ...jose.decodeJwt(context.body.id_token), ...bend };
  context.body = { ...context.body, id_token: await new jose.SignJWT(told).setProtectedHeader({ alg, kid: signing.kid }).sign(key) };
});
provider.on('server_error', (_context, error) => console.error(error));
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
