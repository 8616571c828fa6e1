import { useMutation } from '@apollo/client/react';
import { Button, Modal, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../shared/access/permissions.ts';
import { DateField, rightNow } from '../../parts/fields/date-field.tsx';
import { FormEnd } from '../../parts/fields/form-end.tsx';
import { useSignedIn } from '../../parts/signed-in.ts';
import { covers, nameCover } from './cover-documents.ts';
import type { CoverChoice } from './cover-section.tsx';

/** Who stands in for whom, from when until when; one's own work, or for an administrator anybody's. */
export function NameCover({ members, onClose }: { members: readonly CoverChoice[]; onClose: () => void }) {
  const { t } = useTranslation();
  const { id: me, role } = useSignedIn();
  const anybody = mayDo(role, 'staff.write');
  const [covered, setCovered] = useState<string | null>(me);
  const [covering, setCovering] = useState<string | null>(null);
  const [from, setFrom] = useState(rightNow);
  const [until, setUntil] = useState('');
  const [name, { loading, error }] = useMutation(nameCover, { refetchQueries: [covers] });
  const choices = members.filter((member) => !member.revoked && mayDo(member.role, 'cover.write'));
  const options = (without: string | null) =>
    choices.filter(({ id }) => id !== without).map(({ id, name: label }) => ({ value: id, label }));
  const [begins, ends] = [Date.parse(from), Date.parse(until)];

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!covered || !covering) return;
    // The refusal is shown below.
    const input = { covered, covering, from: begins, until: ends };
    if (await name({ variables: { input } }).catch(() => undefined)) onClose();
  };

  return (
    <Modal opened onClose={onClose} title={t('cover.name')} closeButtonProps={{ 'aria-label': t('actions.close') }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Text size="sm">{t('cover.explained')}</Text>
          {anybody ? (
            <Select
              label={t('cover.covered')}
              data={options(covering)}
              value={covered}
              onChange={setCovered}
              required
              searchable
            />
          ) : null}
          <Select
            label={t('cover.covering')}
            data={options(covered)}
            value={covering}
            onChange={setCovering}
            nothingFoundMessage={t('cover.nobody')}
            required
            searchable
            data-autofocus
          />
          <DateField label={t('cover.from')} value={from} onChange={setFrom} withTime required />
          <DateField label={t('cover.until')} value={until} onChange={setUntil} withTime required />
          <FormEnd error={error} onClose={onClose}>
            <Button type="submit" loading={loading} disabled={!covered || !covering || !(begins < ends)}>
              {t('cover.sign')}
            </Button>
          </FormEnd>
        </Stack>
      </form>
    </Modal>
  );
}
