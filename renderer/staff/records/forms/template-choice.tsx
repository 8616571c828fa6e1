import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mayDo } from '../../../../shared/access/permissions.ts';
import { quietly } from '../../../parts/quietly.ts';
import { useSignedIn } from '../../../parts/signed-in.ts';
import { ErrorNotice } from '../../../parts/states.tsx';
import { formTemplates, removeFormTemplate, saveFormTemplate } from '../chart-documents.ts';
import { fieldsOf, filledBy, isSame, type TemplateFields } from './form-templates.ts';
import type { WriteKind } from './writing.ts';

interface TemplateChoiceProps {
  readonly kind: WriteKind;
  /** What the form says now in the fields that a template fills. */
  readonly now: TemplateFields;
  /** What it says there before anybody writes. */
  readonly empty: TemplateFields;
  readonly onChoose: (fields: TemplateFields) => void;
}

/** The clinic's templates of a form, and which fields each fills. */
function useTemplates({ kind, empty }: Pick<TemplateChoiceProps, 'kind' | 'empty'>) {
  const { data } = useQuery(formTemplates, { variables: { kind } });
  return (data?.formTemplates ?? []).map(({ name, fields }) => ({ name, fields: filledBy(empty, fieldsOf(fields)) }));
}

/** Begins a form with a template of the clinic; nothing while it has none. */
export function TemplateChoice({ kind, now, empty, onChoose }: TemplateChoiceProps) {
  const { t } = useTranslation();
  const known = useTemplates({ kind, empty });
  const isUntouched = isSame(now, empty) || known.some(({ fields }) => isSame(now, fields));
  if (known.length === 0) return null;
  return (
    <Select
      label={t('write.template.choose')}
      placeholder={t('write.template.chooseOne')}
      description={isUntouched ? undefined : t('write.template.taken')}
      disabled={!isUntouched}
      data={known.map(({ name }) => name)}
      value={known.find(({ fields }) => isSame(now, fields))?.name ?? null}
      onChange={(name) => {
        const chosen = known.find((template) => template.name === name);
        if (chosen) onChoose(chosen.fields);
      }}
      searchable={known.length > 8}
    />
  );
}

/** Administrators make templates from what the form says, and remove them: beside what the form ends with. */
export function TemplateMaking({ kind, now, empty }: Omit<TemplateChoiceProps, 'onChoose'>) {
  const { t } = useTranslation();
  const known = useTemplates({ kind, empty });
  const [keeping, setKeeping] = useState(false);
  if (!mayDo(useSignedIn().role, 'staff.write')) return null;
  return (
    <>
      <Button variant="subtle" onClick={() => setKeeping(true)}>
        {t('write.template.ofTheClinic')}
      </Button>
      {keeping ? (
        <KeepTemplates
          kind={kind}
          known={known.map(({ name }) => name)}
          fields={isSame(now, empty) ? undefined : now}
          onClose={() => setKeeping(false)}
        />
      ) : null}
    </>
  );
}

interface KeepTemplatesProps {
  readonly kind: WriteKind;
  readonly known: readonly string[];
  /** Undefined while the form says nothing that a template could begin with. */
  readonly fields: TemplateFields | undefined;
  readonly onClose: () => void;
}

/** The clinic's templates of one form: which of them go, and what the form says now as a further one. */
function KeepTemplates({ kind, known, fields, onClose }: KeepTemplatesProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [save, saving] = useMutation(saveFormTemplate, { refetchQueries: [formTemplates] });
  const [remove, removing] = useMutation(removeFormTemplate, { refetchQueries: [formTemplates] });
  const error = saving.error ?? removing.error;
  const keep = async (): Promise<void> => {
    const input = { kind, name, fields: JSON.stringify(fields) };
    // The refusal is shown below.
    if (await save({ variables: { input } }).catch(() => undefined)) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('write.template.ofTheClinic')}
      closeButtonProps={{ 'aria-label': t('actions.close') }}
    >
      <Stack gap="md">
        <Text size="sm">{t('write.template.note', { form: t(`write.add.${kind}`) })}</Text>
        {known.map((each) => (
          <Group key={each} justify="space-between">
            <Text size="sm">{each}</Text>
            <Button
              size="compact-sm"
              variant="default"
              disabled={removing.loading}
              onClick={() => quietly(remove({ variables: { kind, name: each } }).catch(() => undefined))}
            >
              {t('write.template.remove', { name: each })}
            </Button>
          </Group>
        ))}
        <TextInput
          label={t('write.template.name')}
          description={fields ? t('write.template.fromForm') : t('write.template.fillFirst')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          disabled={!fields}
          data-autofocus
        />
        {error ? <ErrorNotice error={error} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('actions.close')}
          </Button>
          <Button loading={saving.loading} disabled={!fields || name.trim() === ''} onClick={() => quietly(keep())}>
            {t('write.template.keep')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
