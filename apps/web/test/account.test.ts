/** From the invitation to another password and address: what a person does with the links of mails. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Page } from 'playwright-core';
import { linkTo } from './mail.ts';
import { invitePerson } from './people.ts';
import { assertAccessible, assertFocused, eventually, openPage, tell, url } from './stories.ts';

await tell('an account', (browser) => {
  it('is made with an invitation, gets another password and another address', async (test) => {
    const { email, leave } = await invitePerson('Ada Story');
    const invitation = await linkTo(email, 'accept-invitation');
    assert.equal(new URL(invitation).origin, new URL(url).origin, 'PUBLIC_URL is the client');

    // Opening the link does nothing yet, and its token leaves the address bar.
    const { page, errors, operations } = await openPage(browser);
    await page.goto(invitation);
    await page.getByRole('heading', { name: 'Welcome to Mutual' }).waitFor();
    assert.equal(page.url(), `${url}/accept-invitation`);
    assert.deepEqual(operations, []);
    await assertAccessible(page, test);

    // By keyboard. What is too short is not sent.
    await page.getByLabel('New password', { exact: true }).focus();
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByText('Your password needs at least 12 characters.').waitFor();
    assert.deepEqual(operations, []);
    await page.getByLabel('New password', { exact: true }).fill('passwordpassword');
    await page.keyboard.press('Enter');
    await page.getByText('is too common').waitFor();
    await page.getByLabel('New password', { exact: true }).fill('four quiet otters knit');
    await page.keyboard.press('Enter');

    await page.getByRole('heading', { name: 'Welcome, Ada Story' }).waitFor();
    await eventually(() => page.getByLabel('Time zone').inputValue(), 'Europe/Berlin');
    await assertAccessible(page, test);
    await page.getByText('Deutsch').click();
    await page.getByRole('heading', { name: 'Willkommen, Ada Story' }).waitFor();
    await page.getByText('English').click();
    await page.getByRole('link', { name: 'Write a first goal' }).click();
    await page.getByRole('heading', { name: 'No goal written down yet' }).waitFor();

    // The link was used.
    await page.goto(invitation);
    await choosePassword(page, 'four quiet otters knit', 'Create my account');
    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await assertAccessible(page, test);

    // Another password.
    await page.goto(`${url}/sign-in`);
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail address').fill('nonsense');
    await page.getByRole('button', { name: 'Send me a mail' }).click();
    await page.getByText('Enter the e-mail address that you sign in with.').waitFor();
    await assertAccessible(page, test);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByRole('button', { name: 'Send me a mail' }).click();
    await page.getByText(`If ${email} belongs to an account, a mail was sent`).waitFor();
    await assertAccessible(page, test);
    await page.goto(await linkTo(email, 'reset-password'));
    await choosePassword(page, 'five louder otters weave', 'Save the password and sign in');
    await page.getByRole('heading', { name: 'No conversation is planned' }).waitFor();

    // Another address, refused once from the old one.
    await page.goto(`${url}/me/sign-in`);
    const next = `next-${email}`;
    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByLabel('New address').fill(next);
    await page.getByLabel('Your password', { exact: true }).fill('not my password at all');
    await page.getByRole('button', { name: 'Send the mails' }).click();
    await page.getByText('This is not your password.').waitFor();
    await page.getByLabel('Your password', { exact: true }).fill('five louder otters weave');
    await page.getByRole('button', { name: 'Send the mails' }).click();
    await page.getByText(`It will be ${next} once that address has confirmed`).waitFor();
    await assertAccessible(page, test);
    await page.goto(await linkTo(email, 'cancel-address'));
    await page.getByRole('button', { name: 'Cancel the change' }).click();
    await page.getByRole('heading', { name: 'The change was cancelled' }).waitFor();
    await page.goto(`${url}/me/sign-in`);
    await page.getByRole('button', { name: 'Change the address' }).waitFor();

    // The heading of a page that a button has led to has the focus.
    await page.goto(`${url}/confirm-address#${'x'.repeat(43)}`);
    await page.getByRole('button', { name: 'Confirm the change' }).click();
    const heading = page.getByRole('heading', { name: 'This link no longer works' });
    await heading.waitFor();
    await assertFocused(heading);

    await leave();
    // What the service refuses is no fault of the page.
    assert.deepEqual(
      errors.filter((error) => !error.includes('status of 4')),
      [],
    );
  });

  it('changes its sign-in address once both addresses have confirmed', async (test) => {
    const { email, leave } = await invitePerson('Bo Story');
    const { page, errors } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    await page.goto(await linkTo(email, 'accept-invitation'));
    await choosePassword(page, 'six patient herons wait', 'Create my account');
    await page.getByRole('heading', { name: 'Welcome, Bo Story' }).waitFor();

    await page.goto(`${url}/me/sign-in`);
    const next = `next-${email}`;
    await page.getByRole('button', { name: 'Change the address' }).click();
    await page.getByLabel('New address').fill(next);
    await page.getByLabel('Your password', { exact: true }).fill('six patient herons wait');
    await page.keyboard.press('Enter');
    await page.getByText(`It will be ${next} once that address has confirmed`).waitFor();
    await page.goto(await linkTo(next, 'confirm-address'));
    await page.getByRole('button', { name: 'Confirm the change' }).click();
    await page.getByText('as soon as the former address has confirmed it too').waitFor();
    await assertAccessible(page, test);
    await page.goto(await linkTo(email, 'confirm-address'));
    await page.getByRole('button', { name: 'Confirm the change' }).click();
    await page.getByRole('heading', { name: 'Your sign-in address has changed' }).waitFor();
    await page.getByRole('link', { name: 'Go to the sign-in page' }).click();
    await page.getByLabel('E-mail address').fill(next);
    await page.getByLabel('Password', { exact: true }).fill('six patient herons wait');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'No conversation is planned' }).waitFor();

    await leave();
    assert.deepEqual(errors, []);
  });
});

async function choosePassword(page: Page, password: string, button: string): Promise<void> {
  await page.getByLabel('New password', { exact: true }).fill(password);
  await page.getByRole('button', { name: button }).click();
}
