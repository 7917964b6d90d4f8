-- Neovim as a client of `factum lsp`: put this file into `lua/` of your configuration and `require("factum").setup()` into
-- `init.lua`. Works from Neovim 0.7 on.
local M = {}

-- Which files are served. Drafts are checked as well; leave their lines out where that is not wanted.
M.filetypes = { claims = "factum-claims", facts = "factum-facts", vocab = "factum-vocab" }
M.drafts = { md = true, markdown = true, html = true, htm = true, txt = true }

-- The folder of a project: that of `factum.toml` or of the repository, else that of the file.
local function root(path)
  local folder = vim.fn.fnamemodify(path, ":p:h")
  local here = folder
  while true do
    for _, mark in ipairs({ "factum.toml", ".git" }) do
      if vim.fn.filereadable(here .. "/" .. mark) == 1 or vim.fn.isdirectory(here .. "/" .. mark) == 1 then
        return here
      end
    end
    local above = vim.fn.fnamemodify(here, ":h")
    if above == here then
      return folder
    end
    here = above
  end
end

local clients = {}

-- Attaches a buffer to the server of its project, which is started where there is none.
function M.attach(buffer, options)
  local path = vim.api.nvim_buf_get_name(buffer)
  local folder = options.root or root(path)
  local id = clients[folder]
  if not id or not vim.lsp.get_client_by_id(id) then
    id = vim.lsp.start_client({
      name = "factum",
      cmd = options.cmd or { "factum", "lsp" },
      root_dir = folder,
      workspace_folders = { { uri = vim.uri_from_fname(folder), name = folder } },
      on_attach = options.on_attach,
    })
    clients[folder] = id
  end
  if id then
    vim.lsp.buf_attach_client(buffer, id)
  end
  return id
end

function M.setup(options)
  options = options or {}
  local group = vim.api.nvim_create_augroup("factum", { clear = true })
  vim.api.nvim_create_autocmd({ "BufReadPost", "BufNewFile" }, {
    group = group,
    pattern = { "*.claims", "*.facts", "*.vocab", "*.md", "*.markdown", "*.html", "*.htm", "*.txt" },
    callback = function(event)
      local ending = vim.fn.fnamemodify(event.match or event.file, ":e")
      local filetype = M.filetypes[ending]
      if filetype then
        vim.bo[event.buf].filetype = filetype
        vim.bo[event.buf].commentstring = "# %s"
      end
      M.attach(event.buf, options)
    end,
  })
end

return M
