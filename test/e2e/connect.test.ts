/** The script of the deployment against stand-ins for az and azd: what it asks for, once and again. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const KNOWN = { BOT_IDENTITY_OBJECT_ID: 'identity-1', PUBLIC_URL: 'https://bot.partner.se', REGISTRY_NAME: 'succabc', VAULT_NAME: 'succ-abc' };

/** Notes each call, and answers as Azure would: what was made is there the next time. */
const AZ = `#!/bin/sh
echo "az $*" >> "$NOTES"
case "$*" in
  *'--id 00000003-'*'--query id '*) echo graph-1 ;;
  *GroupMember.Read.All*) echo role-group ;;
  *User.ReadBasic.All*) echo role-user ;;
  'rest --method GET'*) cat "$STATE/roles" 2>/dev/null || true ;;
  'rest --method POST'*role-group*) echo role-group >> "$STATE/roles" ;;
  'rest --method POST'*role-user*) echo role-user >> "$STATE/roles" ;;
  'ad app create'*) echo app-1 ;;
  'ad sp show --id app-1'*) [ -f "$STATE/sp" ] ;;
  'ad sp create --id app-1'*) touch "$STATE/sp" ;;
  *'--id https://api.partner.microsoft.com'*) [ ! -f "$STATE/no-sheets" ] && case "$*" in *appId*) echo sheets-1 ;; *) echo scope-2 ;; esac ;;
  *oauth2PermissionScopes*) echo scope-1 ;;
  'ad app permission list-grants'*AllPrincipals*) wc -l < "$STATE/grants" 2>/dev/null || echo 0 ;;
  'ad app permission list-grants'*) echo 9 ;; # people's own consents too
  'ad app permission list'*) cat "$STATE/scopes" 2>/dev/null || true ;;
  'ad app permission add'*scope-1*) echo scope-1 >> "$STATE/scopes" ;;
  'ad app permission add'*scope-2*) echo scope-2 >> "$STATE/scopes" ;;
  'ad app permission admin-consent'*) [ ! -f "$STATE/no-admin" ] && cp "$STATE/scopes" "$STATE/grants" ;;
  'account show'*) echo tenant-1 ;;
  'keyvault certificate contact list'*'--query'*) ;; # its fields have had several names
  'keyvault certificate contact list'*) cat "$STATE/contacts" 2>/dev/null || true ;;
  'keyvault certificate contact add'*)
    [ ! -f "$STATE/no-contacts" ] || exit 1
    for word in "$@"; do [ "$last" = --email ] && address=$word; last=$word; done
    ! grep -qF "$(printf '"%s"' "$address")" "$STATE/contacts" 2>/dev/null || { echo "contact '$address' already exists" >&2; exit 1; }
    printf '[{ "emailAddress": "%s" }]\\n' "$address" >> "$STATE/contacts" ;;
  'keyvault certificate download'*) for file do :; done; echo PUBLIC > "$file" ;;
  'keyvault certificate create'*)
    n=$(cat "$STATE/refusals" 2>/dev/null || echo 0)
    [ "$n" -eq 0 ] || { echo $((n - 1)) > "$STATE/refusals"; exit 1; }
    touch "$STATE/certificate" ;;
  'keyvault certificate show'*x509ThumbprintHex*) echo AB12 ;;
  'keyvault certificate show'*) [ -f "$STATE/certificate" ] ;;
esac
`;
const AZD = `#!/bin/sh
echo "azd $*" >> "$NOTES"
case "$*" in
  'env set '*) shift 2; echo "$1=\\"$2\\"" >> "$STATE/values" ;;
  'env get-values') cat "$STATE/values" ;;
esac
`;

describe('the script of the deployment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'successor-connect-'));
    mkdirSync(join(folder, 'bin'));
    for (const [name, text] of [
      ['az', AZ],
      ['azd', AZD],
    ] as const) {
      writeFileSync(join(folder, 'bin', name), text);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    writeFileSync(
      join(folder, 'values'),
      Object.entries(KNOWN)
        .map(([name, value]) => `${name}="${value}"\n`)
        .join(''),
    );
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it as by hand; the calls that change something. */
  function run(...words: string[]) {
    const notes = join(folder, 'notes');
    rmSync(notes, { force: true });
    const env = {
      PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}`,
      NOTES: notes,
      STATE: folder,
      PAUSE_SECONDS: '0',
      TMPDIR: folder,
      CERTIFICATE_FOLDER: folder,
    };
    const { status, stdout, stderr } = spawnSync('sh', ['infra/connect.sh', ...words], { env, encoding: 'utf8' });
    const calls = existsSync(notes) ? readFileSync(notes, 'utf8').trim().split('\n') : [];
    const changes = calls.filter((call) => /create|--method POST|permission a|credential reset|contact add|acr build|env set/.test(call));
    return { status, out: stdout + stderr, calls, changes };
  }

  it('gives the two rights in Graph, makes app, permission, certificate and image, and tells azd', () => {
    const { status, out, changes } = run();
    assert.equal(status, 0, out);
    const expected = [
      /--method POST .*servicePrincipals\/identity-1\/.*"principalId":"identity-1","resourceId":"graph-1","appRoleId":"role-group"/,
      /--method POST .*"appRoleId":"role-user"/,
      /ad app create .*AzureADMyOrg --web-redirect-uris https:\/\/bot\.partner\.se\/consent\/callback/,
      /env set PARTNER_CLIENT_ID app-1/,
      /ad sp create --id app-1/,
      /permission add --id app-1 --api fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd --api-permissions scope-1=Scope/,
      /permission add --id app-1 --api sheets-1 --api-permissions scope-2=Scope/,
      /permission admin-consent --id app-1/,
      /keyvault certificate create --vault-name succ-abc --name partner-certificate --policy @infra\/certificate\.json/,
      /credential reset --id app-1 --cert @.* --append/,
      /env set PARTNER_CERTIFICATE_THUMBPRINT AB12/,
      /acr build --registry succabc --image successor:\d{14} infra\/\.\./,
      /env set SUCCESSOR_IMAGE succabc\.azurecr\.io\/successor:\d{14}/,
    ];
    assert.equal(changes.length, expected.length, changes.join('\n'));
    for (const [index, pattern] of expected.entries()) assert.match(changes[index] as string, pattern);
  });

  it('run again it changes nothing; an upgrade builds one image', () => {
    run();
    assert.deepEqual(run().changes, []);
    const { changes } = run('upgrade');
    assert.deepEqual(
      changes.map((call) => call.split(' ').slice(0, 3).join(' ')),
      ['az acr build', 'azd env set'],
    );
  });

  it('does without the price sheets where the tenant does not know them, and says who must consent where it may not itself', () => {
    writeFileSync(join(folder, 'no-sheets'), '');
    const { status, out, changes } = run();
    assert.equal(status, 0, out);
    assert.match(out, /does not know the price sheets .*percentages in place of figures/);
    assert.equal(changes.filter((call) => call.includes('scope-2')).length, 0);
    assert.match(changes.join('\n'), /permission admin-consent --id app-1/, 'for Partner Center itself');
    rmSync(join(folder, 'no-sheets'));
    writeFileSync(join(folder, 'no-admin'), '');
    const again = run();
    assert.equal(again.status, 0, again.out);
    assert.match(again.out, /waits for an administrator, .* az ad app permission admin-consent --id app-1/);
  });

  it('asks again for the consent of an administrator until it is there', () => {
    writeFileSync(join(folder, 'no-admin'), '');
    assert.match(run().out, /waits for an administrator/);
    rmSync(join(folder, 'no-admin'));
    assert.deepEqual(run().changes, ['az ad app permission admin-consent --id app-1']);
    assert.deepEqual(run().changes, []);
  });

  it('has Key Vault write to ALARM_EMAIL before the certificate ends, named once; and says where nobody is named', () => {
    assert.match(run().out, /nobody hears of its end: .*azd env set ALARM_EMAIL/);
    writeFileSync(join(folder, 'values'), 'ALARM_EMAIL="ops@partner.se"\n', { flag: 'a' });
    writeFileSync(join(folder, 'contacts'), '[{ "emailAddress": "devops@partner.se" }]\n');
    assert.deepEqual(run().changes, ['az keyvault certificate contact add --vault-name succ-abc --email ops@partner.se --output none']);
    const again = run();
    assert.deepEqual([again.status, again.changes], [0, []], again.out);
    rmSync(join(folder, 'contacts'));
    writeFileSync(join(folder, 'no-contacts'), '');
    const refused = run();
    assert.match(refused.out, /ops@partner\.se could not be named.*contact add/);
    assert.equal(refused.status, 0, 'and all else is done');
  });

  it('makes no app for a Partner Center in another tenant: it says so, and leaves the certificate to be uploaded there', () => {
    writeFileSync(join(folder, 'values'), 'PARTNER_TENANT_ID="tenant-2"\n', { flag: 'a' });
    const { status, out, changes } = run();
    assert.equal(status, 0, out);
    assert.match(out, /not the tenant that you are signed in to.*Partner Center in another tenant/);
    assert.deepEqual(
      changes.filter((call) => / ad (app|sp) /.test(call)),
      [],
    );
    assert.equal(readFileSync(join(folder, 'partner-certificate.pem'), 'utf8'), 'PUBLIC\n');
    rmSync(join(folder, 'partner-certificate.pem'));
    assert.match(run().out, /unless it is there already, upload partner-certificate\.pem.* AB12/, 'nobody knows whether it was');
    assert.ok(existsSync(join(folder, 'partner-certificate.pem')));
    writeFileSync(join(folder, 'values'), 'PARTNER_TENANT_ID="TENANT-1"\n', { flag: 'a' });
    assert.match(run().changes.join('\n'), /ad app create/, 'named though it is one’s own');
  });

  it('waits for a right that does not count yet, and says which one where it never does', () => {
    writeFileSync(join(folder, 'refusals'), '3');
    const waited = run();
    assert.equal(waited.status, 0);
    assert.equal(waited.out.match(/Only whoever ran azd up has been given it/g)?.length, 1, 'said at once, and once');
    rmSync(join(folder, 'certificate'));
    writeFileSync(join(folder, 'refusals'), '99');
    const { status, out } = run();
    assert.notEqual(status, 0);
    assert.match(out, /succ-abc: you need the role Key Vault Certificates Officer there/);
  });

  it('says what to do first where nothing was deployed, and calls nobody', () => {
    writeFileSync(join(folder, 'values'), '');
    const { status, out, changes } = run();
    assert.equal(status, 1);
    assert.match(out, /BOT_IDENTITY_OBJECT_ID is not known: run azd provision first/);
    assert.deepEqual(changes, []);
  });

  it('leaves no file of the certificate behind', () => {
    run();
    assert.deepEqual(
      spawnSync('ls', [folder], { encoding: 'utf8' })
        .stdout.split('\n')
        .filter((name) => name.startsWith('tmp.')),
      [],
    );
  });
});
