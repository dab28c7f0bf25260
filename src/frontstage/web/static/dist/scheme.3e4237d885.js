"use strict";(()=>{var e=localStorage.getItem("frontstage-scheme"),t=e?e==="dark":matchMedia("(prefers-color-scheme: dark)").matches;document.documentElement.dataset.bsTheme=t?"dark":"light";})();
