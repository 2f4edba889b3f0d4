import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parser } from '@grafana/lezer-logql';
import ts from 'typescript';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = join(HERE, '../..');
const FOLDER = join(ROOT, 'observability/grafana/dashboards');
const DASHBOARDS = readdirSync(FOLDER)
  .sort()
  .map((file) => ({ file, dashboard: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) }));

// Where @grafana/schema has the types of a panel, by what a dashboard calls it.
const PANELS = {
  logs: 'logs/panelcfg/x/LogsPanelCfg_types.gen',
  stat: 'stat/panelcfg/x/StatPanelCfg_types.gen',
  timeseries: 'timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen',
};

// A file says what differs from Grafana's defaults, and enumerations by their values.
const TYPES = `
  import type { Dashboard } from '@grafana/schema';
  ${Object.entries(PANELS)
    .map(([panel, module]) => `import type * as ${panel} from '@grafana/schema/dist/esm/raw/composable/${module}';`)
    .join('\n')}
  type Said<T> = T extends string ? \`\${T}\` : T extends object ? { [K in keyof T]?: Said<T[K]> } : T;
`;

/** What isn't as these types say, in TypeScript's words. */
function wrong(statements) {
  const options = {
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    noEmit: true,
    skipLibCheck: true,
    strict: true,
    types: [],
  };
  const file = join(HERE, 'dashboards.generated.ts');
  const host = ts.createCompilerHost(options);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...others) =>
    name === file ? ts.createSourceFile(name, TYPES + statements.join('\n'), ts.ScriptTarget.ES2022) : getSourceFile(name, ...others);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

test('the types are those of the Grafana that is deployed', () => {
  const deployed = /grafana\/grafana:(\S+?)'/.exec(readFileSync(join(ROOT, 'Pulumi.yaml'), 'utf8'))[1];
  const { devDependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  assert.equal(devDependencies['@grafana/schema'], deployed);
});

test('there are the five dashboards', () => {
  assert.deepEqual(
    DASHBOARDS.map(({ dashboard }) => dashboard.title),
    ['API', 'Backups', 'Database', 'Host', 'Pools'],
  );
});

for (const { file, dashboard } of DASHBOARDS) {
  test(`${file} is a dashboard`, () => {
    const statements = [`({ dashboard: ${JSON.stringify(dashboard)} }) satisfies { dashboard: Said<Dashboard> };`];
    for (const { title, type, options = {}, fieldConfig } of dashboard.panels) {
      assert.ok(type in PANELS, `panel '${title}' is a '${type}', whose types this test doesn't know`);
      statements.push(`(${JSON.stringify(options)}) satisfies Said<${type}.Options>;`);
      const fields = Object.entries(fieldConfig?.defaults.custom ?? {});
      for (const { properties } of fieldConfig?.overrides ?? []) {
        for (const { id, value } of properties) {
          if (id.startsWith('custom.')) {
            fields.push([id.slice('custom.'.length), value]);
          }
        }
      }
      for (const [field, value] of fields) {
        statements.push(`(${JSON.stringify({ [field]: value })}) satisfies Said<${type}.FieldConfig>;`);
      }
    }
    assert.deepEqual(wrong(statements), []);
  });
}

test('every log query parses', () => {
  const queries = DASHBOARDS.flatMap(({ dashboard }) => dashboard.panels)
    .filter(({ datasource }) => datasource.uid === 'loki')
    .flatMap(({ targets }) => targets.map(({ expr }) => expr));
  assert.ok(queries.length > 0);
  for (const query of queries) {
    parser.parse(query).iterate({
      enter: ({ type, from }) => assert.ok(!type.isError, `${query}: not LogQL at character ${from + 1}`),
    });
  }
});
