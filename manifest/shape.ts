/** What the manifest must be: the parts that we use of Microsoft's schema 1.30 for Teams apps (2026), and its bounds; anything else is refused. */
import { z } from 'zod';

const guid = z.string().regex(/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/);
const address = z.url({ protocol: /^https$/ }).max(2_048);
const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((one) => !one.includes('${{'), 'something in it was not filled in');
const scope = z.enum(['personal', 'team', 'groupChat']);
/** The schema allows 12 since 1.30; older clients show 10. */
const COMMANDS_MAX = 10;

export const manifestShape = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.30/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.30'),
  version: z.string().regex(/^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/),
  id: guid,
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.literal('en'),
    additionalLanguages: z.array(z.strictObject({ languageTag: text(32), file: text(64) })).optional(),
  }),
  developer: z.strictObject({ name: text(32), websiteUrl: address, privacyUrl: address, termsOfUseUrl: address }),
  name: z.strictObject({ short: text(30), full: text(100) }),
  description: z.strictObject({ short: text(80), full: text(4_000) }),
  icons: z.strictObject({ color: z.literal('color.png'), outline: z.literal('outline.png'), color32x32: z.literal('color32.png') }),
  accentColor: z.string().regex(/^#[0-9A-F]{6}$/i),
  bots: z
    .array(
      z.strictObject({
        botId: guid,
        scopes: z.array(scope).min(1),
        isNotificationOnly: z.literal(false),
        supportsFiles: z.literal(true),
        commandLists: z
          .array(
            z.strictObject({
              scopes: z.array(scope).length(1),
              commands: z
                .array(z.strictObject({ title: text(32), description: text(128) }))
                .min(1)
                .max(COMMANDS_MAX),
            }),
          )
          .max(3),
      }),
    )
    .length(1),
  composeExtensions: z
    .array(
      z.strictObject({
        botId: guid,
        commands: z
          .array(
            z.strictObject({
              id: text(64),
              type: z.literal('query'),
              title: text(32),
              description: text(128),
              context: z.tuple([z.literal('compose')]),
              initialRun: z.literal(false),
              parameters: z
                .array(z.strictObject({ name: text(64), title: text(32), description: text(128), inputType: z.literal('text') }))
                .min(1)
                .max(5),
            }),
          )
          .min(1)
          .max(10),
      }),
    )
    .length(1),
  permissions: z.array(z.enum(['identity', 'messageTeamMembers'])).max(2),
  /** One's own host alone: whoever can put a page on another listed one could speak as the app. */
  validDomains: z.array(text(2_048)).length(1),
  defaultInstallScope: z.literal('team'),
  supportsChannelFeatures: z.literal('tier1'),
});
