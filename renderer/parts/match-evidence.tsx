import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface MatchEvidenceProps {
  /** 0 to 1. */
  readonly probability: number;
  readonly evidence: ReadonlyArray<{ readonly field: string; readonly agreement: string; readonly weight: number }>;
}

const fields = ['family', 'given', 'birthDate', 'gender', 'city', 'phone', 'identifier'] as const;
const agreements = ['same', 'similar', 'different'] as const;

/** How likely two people are one, and what speaks for and against it. */
export function MatchEvidence({ probability, evidence }: MatchEvidenceProps) {
  const { t } = useTranslation();
  // Nobody is ever sure: 100 % would say so.
  const percent = Math.min(99, Math.max(1, Math.round(probability * 100)));
  return (
    <Group gap={6} mt={4}>
      <Text size="sm" fw={600}>
        {t('patients.match', { percent })}
      </Text>
      {evidence.map(({ field, agreement, weight }) => {
        const how = agreements.find((known) => known === agreement) ?? 'different';
        const name = fields.find((known) => known === field);
        return (
          <Badge key={field} color={weight > 0 ? 'green' : 'orange'}>
            {name ? t(`patients.field.${name}`) : field}: {t(`patients.agreement.${how}`)} ({weight > 0 ? '+' : '−'}
            {Math.abs(weight).toFixed(1)})
          </Badge>
        );
      })}
    </Group>
  );
}
