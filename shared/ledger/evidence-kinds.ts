/** What a device catches others at, or suspects: the kinds of its evidence without `sync.` in front. */
export const EVIDENCE_KINDS = [
  'rollback',
  'split-view',
  'block-invalid',
  'signature-invalid',
  'root-mismatch',
  'effects-mismatch',
  'state-mismatch',
  'blocks-missing',
  'receipt-forged',
  'receipt-foreign',
  'hub-restored',
  'block-withheld',
  'frozen',
  'own-equivocation',
  'clinic-equivocation',
  'equivocation',
] as const;
