import type { ReactNode } from 'react';

/** Drawn for this client, on a grid of 20 with a line of 1.5. The words beside them are their names. */
function Icon({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <svg
      aria-hidden="true"
      width="20"
      height="20"
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const TodayIcon = (): ReactNode => (
  <Icon>
    <path d="M3 5h14v11H3zM3 8.5h14M7 3v3M13 3v3" />
  </Icon>
);

export const GoalsIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 16 8 6.5l3.2 5.5L13 9l4.5 7z" />
  </Icon>
);

export const SearchIcon = (): ReactNode => (
  <Icon>
    <circle cx="8.5" cy="8.5" r="5" />
    <path d="m12.3 12.3 4.7 4.7" />
  </Icon>
);

export const BarriersIcon = (): ReactNode => (
  <Icon>
    <path d="M2.5 7.5h15v4h-15zM5 11.5v5M15 11.5v5M6.5 11.5l3-4M11 11.5l3-4" />
  </Icon>
);

export const AdminIcon = (): ReactNode => (
  <Icon>
    <path d="M3 5.5h7M14 5.5h3M3 10h2M9 10h8M3 14.5h8M15 14.5h2" />
    <circle cx="12" cy="5.5" r="1.8" />
    <circle cx="7" cy="10" r="1.8" />
    <circle cx="13" cy="14.5" r="1.8" />
  </Icon>
);

export const FitIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="10" r="7" />
    <circle cx="11.5" cy="11.5" r="2.8" />
  </Icon>
);

export const TeamIcon = (): ReactNode => (
  <Icon>
    <circle cx="7" cy="7.5" r="2.6" />
    <circle cx="14" cy="8.5" r="2" />
    <path d="M2 16c.5-2.7 2.5-4.2 5-4.2s4.5 1.5 5 4.2M13.5 12.2c2.4-.2 4 1.2 4.5 3.3" />
  </Icon>
);

export const BusinessIcon = (): ReactNode => (
  <Icon>
    <path d="M4 3.5v10.5h4M4 7.5h4M10.5 5.5h6v4h-6zM10.5 12h6v4h-6z" />
  </Icon>
);

export const TrendsIcon = (): ReactNode => (
  <Icon>
    <path d="M3 3v14h14M6 12.5l3.5-3 3 1.5L16.5 6" />
  </Icon>
);

export const MeIcon = (): ReactNode => (
  <Icon>
    <circle cx="10" cy="7" r="3.2" />
    <path d="M3.8 16.8c.7-3 3.2-4.6 6.2-4.6s5.5 1.6 6.2 4.6" />
  </Icon>
);

export const MoreIcon = (): ReactNode => (
  <Icon>
    <path d="M3.5 6h13M3.5 10h13M3.5 14h13" />
  </Icon>
);
