const me = document.getElementById("me");
const trouble = document.getElementById("trouble");

function csrfToken() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("XSRF-TOKEN="));
  return cookie ? decodeURIComponent(cookie.slice("XSRF-TOKEN=".length)) : "";
}

async function showMe() {
  const response = await fetch("api/v1/me", { headers: { Accept: "application/json" } });
  if (response.status === 401) {
    location.assign("login");
    return;
  }
  if (!response.ok) {
    throw new Error(`Drover answered ${response.status}`);
  }
  const { name, role, domain } = await response.json();
  me.textContent = `${name}, ${role} in ${domain}`;
  document.getElementById("admins").hidden = role !== "Admin";
}

async function logOut(event) {
  event.preventDefault();
  const response = await fetch("logout", { method: "POST", headers: { "X-XSRF-TOKEN": csrfToken() } });
  if (!response.ok) {
    throw new Error(`Drover answered ${response.status}`);
  }
  location.assign("login?logout");
}

function report(error) {
  trouble.textContent = `That did not work: ${error.message}. Reload the page to try again.`;
}

document.getElementById("logout").addEventListener("submit", (event) => logOut(event).catch(report));
showMe().catch((error) => {
  me.textContent = "";
  report(error);
});
