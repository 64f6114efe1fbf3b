/** Retirement programmes: data files, ours and the partner's own, read once and checked whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const plan = z.strictObject({
  title: z.string().min(1),
  aliases: z.array(z.string().min(1)).default([]),
  minimum: z.int().min(1).optional(),
  /** Where it stands in the catalogue, if known: `product:sku`. */
  items: z.array(z.string().regex(/^[^:]+:[^:]+$/, 'must look like product:sku')).default([]),
});

const replacement = z.strictObject({ plan: z.string().min(1), reason: z.string().min(1).max(60) });

const offer = z.strictObject({
  names: z.array(z.string().min(1)).min(1),
  ids: z.array(z.string()).default([]),
  /** Licence SKUs of it, by Microsoft's id, that nothing has which is still sold: by them licences from other channels are known. */
  licences: z.array(z.guid('must be ids of licence SKUs').toLowerCase()).optional(),
  replacements: z.array(replacement).min(1).max(6),
});

const programme = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens'),
    /** Stands in a narrow column of the card. */
    name: z
      .string()
      .min(1)
      .max(80)
      .refine((name) => name.split(' ').every((word) => word.length <= 30), 'must hold no word of more than 30 letters'),
    autoRenewOffFrom: z.iso.date(),
    source: z.string().min(1),
    plans: z.record(z.string(), plan),
    offers: z.array(offer).min(1),
  })
  .superRefine((one, context) => {
    for (const [index, retired] of one.offers.entries()) {
      for (const [n, wanted] of retired.replacements.entries()) {
        if (!(wanted.plan in one.plans))
          context.addIssue({
            code: 'custom',
            path: ['offers', index, 'replacements', n, 'plan'],
            message: `'${wanted.plan}' is not among the plans of this file`,
          });
      }
    }
  });

export type Programme = z.infer<typeof programme>;
export type PlannedPlan = z.infer<typeof plan>;

/** All programmes of the folders, in the order of their file names. Throws one sentence per faulty place. */
export function readProgrammes(folders: string[]): Programme[] {
  const programmes: Programme[] = [];
  const faults: string[] = [];
  for (const folder of folders) {
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const path = join(folder, file);
      const result = parseProgramme(readFileSync(path, 'utf8'));
      if ('faults' in result) faults.push(...result.faults.map((fault) => `${path}: ${fault}`));
      else if (programmes.some((one) => one.id === result.programme.id)) faults.push(`${path}: id: '${result.programme.id}' is taken by another file`);
      else programmes.push(result.programme);
    }
  }
  if (faults.length > 0) throw new Error(`The retirement programmes cannot be used:\n${faults.join('\n')}`);
  return programmes;
}

/** One file's text as a programme, or what is wrong with it and where. */
export function parseProgramme(text: string): { programme: Programme } | { faults: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [`not JSON: ${(error as Error).message}`] };
  }
  const result = programme.safeParse(json);
  if (result.success) return { programme: result.data };
  return { faults: result.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`) };
}
