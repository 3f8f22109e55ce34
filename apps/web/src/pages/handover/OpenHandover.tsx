import { Link } from '@tanstack/react-router';
import { useId, useState, type ReactNode } from 'react';
import { Button } from '../../parts/Button.tsx';
import { graphql, readFragment, type FragmentType } from '../../graphql/index.ts';
import { YesNo } from '../../parts/Choices.tsx';
import { useDates } from '../../parts/dates.ts';
import { Markdown } from '../../parts/Markdown.tsx';
import { ProblemNote } from '../../parts/ProblemNote.tsx';
import { Written } from '../../parts/Written.tsx';
import { useSave } from '../../saving/useSave.ts';
import { useWords } from '../../words/words.tsx';
import classes from './Handovers.module.css';
import { OfferPromise, type Offer } from './OfferPromise.tsx';

const OPEN_HANDOVER = graphql(`
  fragment OpenHandover on Handover {
    id
    openedOn
    from {
      id
      name
    }
    to {
      id
      name
    }
    formerShares {
      id
      goal {
        id
        title
      }
    }
    openActionItems {
      id
      text
      dueOn
      owner {
        id
        name
      }
    }
    formerMandates {
      id
      text
      lastDay
    }
  }
`);

const COMPLETE = graphql(`
  mutation CompleteHandover($input: CompleteHandoverInput!) {
    completeHandover(input: $input) {
      handover {
        id
        completedAt
        ...CompletedHandover
      }
    }
  }
`);

interface Share {
  readonly includePast: boolean;
  readonly withoutWaiting: boolean;
}

/** What was shared with and promised by the former manager, and what the new one gets of it. Nothing moves by itself. */
export function OpenHandover({
  handover: reference,
}: {
  readonly handover: FragmentType<typeof OPEN_HANDOVER>;
}): ReactNode {
  const { say, show } = useWords();
  const dates = useDates();
  const heading = useId();
  const { id, openedOn, from, to, formerShares, openActionItems, formerMandates } = readFragment(
    OPEN_HANDOVER,
    reference,
  );
  const [shares, setShares] = useState<Readonly<Record<string, Share>>>({});
  const [offers, setOffers] = useState<Readonly<Record<string, Offer>>>({});
  const [mandates, setMandates] = useState<readonly string[]>([]);
  const [complete, { isSaving, problem }] = useSave(COMPLETE);
  const theirs = openActionItems.filter(({ owner }) => owner.id === from.id);
  const own = openActionItems.filter(({ owner }) => owner.id !== from.id);
  const promises = Object.values(offers).filter(({ text }) => text.trim() !== '');
  const isWordless = promises.length < Object.keys(offers).length;
  const count = Object.keys(shares).length + promises.length + mandates.length;

  const submit = async (): Promise<void> => {
    if (to == null) return;
    await complete({
      input: {
        id,
        toId: to.id,
        mandateIds: [...mandates],
        promises: promises.map(({ text, dueOn }) => ({ text, dueOn: dueOn === '' ? null : dueOn })),
        shares: Object.entries(shares).map(([goalId, share]) => ({ goalId, expiresOn: null, ...share })),
      },
    });
  };
  const name = to?.name ?? '';

  return (
    <section aria-labelledby={heading} className={classes['sheet']}>
      <h2 id={heading}>
        {to == null
          ? say('handover.waiting', { from: from.name })
          : say('handover.open', { from: from.name, to: name })}
      </h2>
      <p className={classes['soft']}>
        {say('handover.since', { from: from.name, day: dates.date(openedOn) })}{' '}
        {to == null ? say('handover.waitingText') : say('handover.learns', { to: name })}
      </p>
      <form
        className={classes['form']}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {formerShares.length > 0 && (
          <section className={classes['part']}>
            <h3>{say('handover.shares', { from: from.name })}</h3>
            {formerShares.map(({ goal }) => {
              const share = shares[goal.id];
              const set = (next: Share | undefined): void => {
                setShares(({ [goal.id]: _, ...others }) =>
                  next === undefined ? others : { ...others, [goal.id]: next },
                );
              };
              return (
                <div key={goal.id} className={classes['item']} data-meaning="personal">
                  <Written>{goal.title}</Written>
                  {to != null && (
                    <YesNo
                      label={say('handover.share', { to: name })}
                      isChosen={share !== undefined}
                      onChange={(isChosen) => {
                        set(isChosen ? { includePast: false, withoutWaiting: false } : undefined);
                      }}
                    />
                  )}
                  {share !== undefined && (
                    <div className={classes['more']}>
                      <YesNo
                        label={say('handover.includePast')}
                        isChosen={share.includePast}
                        onChange={(includePast) => {
                          set({ ...share, includePast });
                        }}
                      />
                      <YesNo
                        label={say('handover.withoutWaiting')}
                        hint={say('handover.waits', { to: name })}
                        isChosen={share.withoutWaiting}
                        onChange={(withoutWaiting) => {
                          set({ ...share, withoutWaiting });
                        }}
                      />
                    </div>
                  )}
                </div>
              );
            })}
          </section>
        )}
        {theirs.length > 0 && (
          <section className={classes['part']}>
            <h3>{say('handover.theirs', { from: from.name })}</h3>
            {theirs.map((item) => (
              <OfferPromise
                key={item.id}
                text={item.text}
                draftKey={`handover:${id}:${item.id}`}
                to={to?.name}
                offer={offers[item.id]}
                onChange={(offer) => {
                  setOffers(({ [item.id]: _, ...others }) =>
                    offer === undefined ? others : { ...others, [item.id]: offer },
                  );
                }}
              />
            ))}
          </section>
        )}
        {own.length > 0 && (
          <section className={classes['part']}>
            <h3>{say('handover.own', { from: from.name })}</h3>
            <p className={classes['soft']}>
              {show(
                'handover.ownText',
                { from: from.name },
                {
                  a: (parts) => (
                    <Link to="/with/$personId" params={{ personId: from.id }}>
                      {parts}
                    </Link>
                  ),
                },
              )}
            </p>
            {own.map((item) => (
              <div key={item.id} className={classes['item']}>
                <Written as="div">
                  <Markdown text={item.text} inline />
                </Written>
              </div>
            ))}
          </section>
        )}
        {formerMandates.length > 0 && (
          <section className={classes['part']}>
            <h3>{say('handover.mandates', { from: from.name })}</h3>
            {formerMandates.map((mandate) => (
              <div key={mandate.id} className={classes['item']}>
                <Written as="div">
                  <Markdown text={mandate.text} />
                </Written>
                {to != null && (
                  <YesNo
                    label={say('handover.offerMandate', { to: name })}
                    isChosen={mandates.includes(mandate.id)}
                    onChange={(isChosen) => {
                      setMandates((before) =>
                        isChosen ? [...before, mandate.id] : before.filter((one) => one !== mandate.id),
                      );
                    }}
                  />
                )}
              </div>
            ))}
          </section>
        )}
        <ProblemNote problem={problem} />
        {to != null && (
          <>
            <p className={classes['soft']}>{say('handover.once')}</p>
            <div>
              <Button type="submit" disabled={isSaving || isWordless}>
                {say('handover.complete', { to: name, count })}
              </Button>
            </div>
          </>
        )}
      </form>
    </section>
  );
}
