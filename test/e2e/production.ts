/** The settings that production needs, for `startApp`: mail goes nowhere, and pages of one origin may call. */
export const production: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://client.example.com',
  SMTP_URL: 'smtp://127.0.0.1:1',
  MAIL_FROM: 'Mutual <mutual@example.com>',
  CORS_ORIGINS: 'https://client.example.com',
};
